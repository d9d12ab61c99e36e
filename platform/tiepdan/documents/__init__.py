"""Official documents: their layout by Nghị định 30/2020/NĐ-CP, and templates of plugins printed in it."""
