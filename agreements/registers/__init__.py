"""Taking over what a ministry kept in spreadsheets, by what it takes over. All rows or none."""
