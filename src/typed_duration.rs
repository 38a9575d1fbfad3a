//! Hours and minutes as a person types them into two fields.

/// The contents of the two fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedDuration {
    /// The duration in minutes; `None` if the texts are not numbers or both are empty.
    pub minutes: Option<u32>,
    /// The hours field, as typed.
    pub hours_text: String,
    /// The minutes field, as typed.
    pub minutes_text: String,
}

impl TypedDuration {
    /// Whole hours, and the remaining minutes.
    pub fn of_minutes(minutes: u32) -> Self {
        Self {
            minutes: Some(minutes),
            hours_text: (minutes / 60).to_string(),
            minutes_text: (minutes % 60).to_string(),
        }
    }

    fn is_blank(&self) -> bool {
        [&self.hours_text, &self.minutes_text].iter().all(|text| text.trim().is_empty())
    }

    /// Both texts in one, as they are: `8:30`; the hours alone if there are no minutes, and nothing if both are blank.
    pub fn text(&self) -> String {
        match (self.hours_text.as_str(), self.minutes_text.as_str()) {
            _ if self.is_blank() => String::new(),
            (hours, "") if !hours.contains(':') => hours.to_owned(),
            (hours, minutes) => [hours, minutes].join(":"),
        }
    }

    /// Whether both are the same duration or, if they are none, the same text.
    pub fn means(&self, other: &Self) -> bool {
        self.minutes == other.minutes && (self.minutes.is_some() || self.text() == other.text())
    }

    /// The duration that these texts mean.
    pub fn of_texts(hours_text: String, minutes_text: String) -> Self {
        let number = |text: &str| match text.trim() {
            "" => Some(0_u32),
            digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits.parse().ok(),
            _ => None,
        };
        let mut typed = Self { minutes: None, hours_text, minutes_text };
        if !typed.is_blank() {
            typed.minutes = number(&typed.hours_text)
                .zip(number(&typed.minutes_text))
                .and_then(|(hours, minutes)| hours.checked_mul(60)?.checked_add(minutes));
        }
        typed
    }
}
