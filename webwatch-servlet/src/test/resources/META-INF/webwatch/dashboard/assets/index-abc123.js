document.title = "WebWatch";
