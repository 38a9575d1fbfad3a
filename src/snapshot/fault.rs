//! What is wrong with a file, and where.

/// Where a fault is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The file as a whole.
    File,
    /// A line, counted from 1.
    Line(usize),
    /// A line and a column, counted from 1.
    Column(usize, usize),
    /// A path in the content: `policies[3].rules`.
    Path(String),
}

/// What a fault is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The file is empty.
    Empty,
    /// More bytes than can be read.
    TooLarge,
    /// Not text.
    NotText,
    /// Not JSON; with the parser's message.
    NotJson(String),
    /// Neither a snapshot nor settings of a known tool.
    NotKnown,
    /// A file of this program, but of another kind.
    OtherKind,
    /// A version that this program cannot read.
    OtherVersion,
    /// Something required is missing.
    Missing,
    /// Should be text.
    WantsText,
    /// Should be a list.
    WantsList,
    /// Should be an object.
    WantsObject,
    /// Should be true or false.
    WantsFlag,
    /// Should be an ID.
    WantsId,
    /// Should be a moment in time.
    WantsTime,
    /// Should name a group's members or owners, or a role.
    WantsSubject,
    /// Should be one of these words.
    WantsWord(&'static str),
    /// It was already given before.
    Twice,
    /// No list of settings has this name.
    NoTemplate(String),
    /// A quotation mark is never closed.
    Unclosed,
    /// A row with more or fewer cells than the header.
    Cells,
    /// No column says whose settings they are.
    NoName,
    /// A header that names a column twice.
    ColumnTwice(String),
    /// More policies, rows, columns or values than allowed: this many.
    TooMany(usize),
    /// More faults than are listed: this many.
    More(usize),
}

/// One fault, and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The place in the file.
    pub place: Place,
    /// What is wrong there.
    pub what: What,
}

/// Most faults that are listed; a hostile file must not fill the page.
pub const MOST: usize = 50;

impl Fault {
    /// A fault of the whole file.
    pub const fn file(what: What) -> Self {
        Self { place: Place::File, what }
    }

    /// A fault at a path.
    pub fn at(path: impl Into<String>, what: What) -> Self {
        Self { place: Place::Path(path.into()), what }
    }
}

/// Collects faults: the first ones, and the number of the others.
#[derive(Debug, Default)]
pub(super) struct Faults {
    told: Vec<Fault>,
    more: usize,
}

impl Faults {
    pub(super) fn push(&mut self, fault: Fault) {
        if self.told.len() < MOST { self.told.push(fault) } else { self.more += 1 }
    }

    /// Counts faults that were not even reported.
    pub(super) const fn skipped(&mut self, number: usize) {
        self.more += number;
    }

    /// `Err` with the collected faults, if any.
    pub(super) fn none(mut self) -> Result<(), Vec<Fault>> {
        if self.more > 0 {
            self.told.push(Fault::file(What::More(self.more)));
        }
        if self.told.is_empty() { Ok(()) } else { Err(self.told) }
    }
}

/// The beginning of a name from a file, for paths and messages.
pub(super) fn clip(name: &str) -> String {
    const LONGEST: usize = 80;
    let short: String = name.chars().take(LONGEST).collect();
    if short.len() < name.len() { short + "…" } else { short }
}
