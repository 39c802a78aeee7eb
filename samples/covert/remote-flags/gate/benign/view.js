if (await flags.get("new_sidebar")) {
  renderSidebar();
}
const compact = growthbook.isOn("compact_list");
