//! A list of templates: keys that are free, and what comes of taking others in.

use super::Template;

/// What came of taking templates in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// New ones.
    pub added: usize,
    /// Those of them whose key was taken, so that they got another; nothing was overwritten.
    pub renamed: usize,
    /// Those that were there already, the same in all.
    pub same: usize,
}

/// A key for a name that no template of the list has.
pub fn free_key(name: &str, list: &[Template]) -> String {
    let mut key = String::new();
    for c in name.to_lowercase().chars() {
        if c.is_ascii_alphanumeric() {
            key.push(c);
        } else if !key.is_empty() && !key.ends_with('-') {
            key.push('-');
        }
        if key.len() == 40 {
            break;
        }
    }
    let key = key.trim_end_matches('-');
    let key = if key.is_empty() { "template" } else { key };
    let taken = |key: &str| list.iter().any(|template| template.key == key);
    if !taken(key) {
        return key.to_owned();
    }
    let numbered = |number: usize| [key, "-", &number.to_string()].concat();
    // One of these is free: there are more of them than templates.
    (2..=list.len() + 2).map(numbered).find(|key| !taken(key)).unwrap_or_else(|| numbered(list.len() + 3))
}

/// Takes templates into a list. One whose key is taken by something else comes under a key of its own.
pub fn add(list: &mut Vec<Template>, others: Vec<Template>) -> Taken {
    let mut taken = Taken::default();
    for mut other in others {
        match list.iter().find(|known| known.key == other.key) {
            Some(known) if *known == other => {
                taken.same += 1;
                continue;
            }
            Some(_) => {
                taken.renamed += 1;
                other.key = free_key(&other.key, list);
            }
            None => {}
        }
        taken.added += 1;
        list.push(other);
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(key: &str, name: &str) -> Template {
        Template::new(key.into(), name.into())
    }

    #[test]
    fn keys_are_made_of_names_and_never_taken_twice() {
        assert_eq!(free_key("Tier-0: Strict!", &[]), "tier-0-strict");
        assert_eq!(free_key("漢字", &[]), "template");
        let list = [named("a", ""), named("a-2", "")];
        assert_eq!(free_key("A", &list), "a-3");
        assert_eq!(free_key(&"x".repeat(200), &[]).len(), 40);
    }

    #[test]
    fn nothing_is_overwritten_and_nothing_taken_twice() {
        let mut list = vec![named("a", "mine")];
        let others = vec![named("a", "theirs"), named("a", "mine"), named("b", "new")];
        assert_eq!(add(&mut list, others), Taken { added: 2, renamed: 1, same: 1 });
        let keys: Vec<(&str, &str)> = list.iter().map(|one| (one.key.as_str(), one.name.as_str())).collect();
        assert_eq!(keys, [("a", "mine"), ("a-2", "theirs"), ("b", "new")]);
    }
}
