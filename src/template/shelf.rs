//! A list of templates: finding free keys, and adding others to it.

use super::Template;

/// The result of adding templates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// New ones.
    pub added: usize,
    /// Those of them whose key was in use, so that they got another; nothing was overwritten.
    pub renamed: usize,
    /// Those that were already there, identical in everything.
    pub same: usize,
}

/// A key for a name that no template in the list has, and under which nothing is stored either: there may be something
/// that cannot be parsed.
pub fn free_key(name: &str, list: &[Template], kept: &[String]) -> String {
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
    let taken = |key: &str| list.iter().any(|template| template.key == key) || kept.iter().any(|own| own == key);
    if !taken(key) {
        return key.to_owned();
    }
    let numbered = |number: usize| [key, "-", &number.to_string()].concat();
    // One of these is free: there are more of them than keys in use.
    let most = list.len() + kept.len() + 2;
    (2..=most).map(numbered).find(|key| !taken(key)).unwrap_or_else(|| numbered(most + 1))
}

/// Adds templates to a list. One whose key is in use for something else, in the list or in storage, gets a new key.
pub fn add(list: &mut Vec<Template>, others: Vec<Template>, kept: &[String]) -> Taken {
    let mut taken = Taken::default();
    for mut other in others {
        match list.iter().find(|known| known.key == other.key) {
            Some(known) if known.is_same(&other) => {
                taken.same += 1;
                continue;
            }
            None if !kept.contains(&other.key) => {}
            _ => {
                taken.renamed += 1;
                other.key = free_key(&other.key, list, kept);
            }
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
        assert_eq!(free_key("Tier-0: Strict!", &[], &[]), "tier-0-strict");
        assert_eq!(free_key("漢字", &[], &[]), "template");
        let list = [named("a", ""), named("a-2", "")];
        assert_eq!(free_key("A", &list, &[]), "a-3");
        assert_eq!(free_key(&"x".repeat(200), &[], &[]).len(), 40);
    }

    #[test]
    fn nothing_is_overwritten_and_nothing_taken_twice() {
        let mut list = vec![named("a", "mine")];
        let others = vec![named("a", "theirs"), named("a", "mine"), named("b", "new")];
        assert_eq!(add(&mut list, others, &[]), Taken { added: 2, renamed: 1, same: 1 });
        let keys: Vec<(&str, &str)> = list.iter().map(|one| (one.key.as_str(), one.name.as_str())).collect();
        assert_eq!(keys, [("a", "mine"), ("a-2", "theirs"), ("b", "new")]);
    }
    #[test]
    fn what_is_kept_and_cannot_be_read_keeps_its_key() {
        let kept = ["a".to_owned(), "a-2".to_owned(), "b".to_owned()];
        let mut list = vec![named("a", "mine")];
        assert_eq!(free_key("A", &list, &kept), "a-3");
        assert_eq!(free_key("B", &list, &kept), "b-2");
        let others = vec![named("a", "mine"), named("b", "theirs"), named("c", "new")];
        assert_eq!(add(&mut list, others, &kept), Taken { added: 2, renamed: 1, same: 1 });
        let keys: Vec<&str> = list.iter().map(|one| one.key.as_str()).collect();
        assert_eq!(keys, ["a", "b-2", "c"]);
    }
}
