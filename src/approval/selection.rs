//! Which requests of a list are selected, to be decided together.

use std::collections::BTreeSet;

/// The selected requests, by ID.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    ids: BTreeSet<String>,
    /// Where a range begins: the row selected or deselected last.
    anchor: Option<String>,
}

impl Selection {
    /// Selects or deselects it.
    pub fn set(&mut self, id: &str, selected: bool) {
        if selected {
            self.ids.insert(id.to_owned());
        } else {
            self.ids.remove(id);
        }
        self.anchor = Some(id.to_owned());
    }

    /// Toggles it; returns whether it is selected now.
    pub fn toggle(&mut self, id: &str) -> bool {
        let selected = !self.contains(id);
        self.set(id, selected);
        selected
    }

    /// Sets every row between the last one touched and this one, both included, to the state of this one. `visible` are
    /// the rows that can be selected, in their order on screen. If no row was touched before, or that row is no longer
    /// on screen, only this one changes.
    pub fn extend_to(&mut self, id: &str, selected: bool, visible: &[String]) {
        let place = |wanted: &str| visible.iter().position(|other| other == wanted);
        if let (Some(from), Some(to)) = (self.anchor.as_deref().and_then(place), place(id)) {
            for between in &visible[from.min(to)..=from.max(to)] {
                if selected {
                    self.ids.insert(between.clone());
                } else {
                    self.ids.remove(between);
                }
            }
        }
        self.set(id, selected);
    }

    /// Adds all of them to the selection.
    pub fn add(&mut self, ids: impl IntoIterator<Item = String>) {
        self.ids.extend(ids);
    }

    /// Deselects all of them.
    pub fn remove(&mut self, ids: &[String]) {
        self.ids.retain(|id| !ids.contains(id));
    }

    /// Deselects what can no longer be decided; returns how many that were. A poll changes nothing else here.
    pub fn keep(&mut self, can_be_decided: impl Fn(&str) -> bool) -> usize {
        let before = self.ids.len();
        self.ids.retain(|id| can_be_decided(id));
        before - self.ids.len()
    }

    /// Deselects everything.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Whether it is selected.
    pub fn contains(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// How many are selected.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Vec<String> {
        text.chars().map(String::from).collect()
    }

    fn held(selection: &Selection) -> String {
        selection.ids.iter().map(String::as_str).collect()
    }

    #[test]
    fn a_range_goes_both_ways_and_follows_the_order_on_screen() {
        let on_screen = ids("dcbae");
        let mut selection = Selection::default();
        assert!(selection.toggle("c"));
        selection.extend_to("e", true, &on_screen);
        assert_eq!(held(&selection), "abce");
        selection.extend_to("d", true, &on_screen);
        assert_eq!(held(&selection), "abcde");
        selection.extend_to("b", false, &on_screen);
        assert_eq!(held(&selection), "ae", "a range takes out as well");
    }

    #[test]
    fn without_a_beginning_on_screen_a_range_is_one_row() {
        let mut selection = Selection::default();
        selection.extend_to("b", true, &ids("abc"));
        assert_eq!(held(&selection), "b");
        selection.extend_to("z", true, &ids("xyz"));
        assert_eq!(held(&selection), "bz", "the row touched last is filtered away");
        assert!(!selection.toggle("b"));
        assert_eq!(held(&selection), "z");
    }

    #[test]
    fn what_is_gone_is_dropped_and_the_rest_stays() {
        let mut selection = Selection::default();
        selection.add(ids("abc"));
        assert_eq!(selection.keep(|id| id != "b"), 1);
        assert_eq!((held(&selection).as_str(), selection.len()), ("ac", 2));
        assert_eq!(selection.keep(|_| true), 0);
        selection.remove(&ids("xa"));
        assert_eq!(held(&selection), "c");
        selection.clear();
        assert!(selection.is_empty() && !selection.contains("c"));
    }
}
