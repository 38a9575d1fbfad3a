//! The columns: one for each setting of the first two tabs, and one for each email.

use crate::policy::setting::MAILS;
use crate::policy::{RuleId, Setting, Tab};

/// A column. The three settings of an email share one: they are read together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// A setting of its own.
    Setting(Setting),
    /// An email: default recipients, additional recipients, critical only.
    Mail(RuleId),
}

impl Column {
    /// Every column, in the admin center's order.
    pub fn all() -> Vec<Self> {
        let settings = [Tab::Activation, Tab::Assignment].into_iter().flat_map(Setting::of_tab).map(Self::Setting);
        settings.chain(MAILS.into_iter().map(Self::Mail)).collect()
    }

    /// The tab it belongs to.
    pub const fn tab(self) -> Tab {
        match self {
            Self::Setting(setting) => setting.tab(),
            Self::Mail(_) => Tab::Notification,
        }
    }

    /// The settings it shows.
    pub fn settings(self) -> Vec<Setting> {
        match self {
            Self::Setting(setting) => vec![setting],
            Self::Mail(mail) => {
                vec![Setting::MailDefaults(mail), Setting::MailRecipients(mail), Setting::MailCritical(mail)]
            }
        }
    }

    /// Its stable key in addresses and files: the setting's key, or the email's rule ID.
    pub fn key(self) -> String {
        match self {
            Self::Setting(setting) => setting.key(),
            Self::Mail(mail) => mail.as_str().to_owned(),
        }
    }

    /// The column with this key, in upper or lower case.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::all().into_iter().find(|column| column.key().eq_ignore_ascii_case(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_stands_in_one_column_and_every_column_is_found_again() {
        let mut shown: Vec<Setting> = Column::all().into_iter().flat_map(Column::settings).collect();
        let mut all: Vec<Setting> = Setting::all().collect();
        shown.sort();
        all.sort();
        assert_eq!(shown, all);
        for column in Column::all() {
            assert_eq!(Column::from_key(&column.key().to_uppercase()), Some(column));
        }
        assert_eq!(Column::from_key("activation"), None);
    }
}
