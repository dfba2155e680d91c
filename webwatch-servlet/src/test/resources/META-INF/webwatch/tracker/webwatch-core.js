// stands in for the core tracker
