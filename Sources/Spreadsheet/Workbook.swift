/// Workbooks of the office programs (XLSX).
public enum Workbook {}
