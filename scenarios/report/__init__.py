"""The committee's report, its workbook, its CSV and its maps."""
