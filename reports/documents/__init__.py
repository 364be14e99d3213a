"""Documents: a snapshot in the layout of Nghị định 30/2020/NĐ-CP, as PDF, Word and Excel."""
