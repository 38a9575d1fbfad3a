//! Names from which a company is made.

/// Given names.
pub(super) const GIVEN: [&str; 40] = [
    "Adele", "Ahmed", "Aiko", "Anton", "Beatriz", "Bruno", "Camille", "Chidi", "Clara", "Daniel", "Dilara", "Edith",
    "Emeka", "Farah", "Filip", "Grace", "Hana", "Henrik", "Ines", "Ivan", "Jamal", "Johanna", "Karim", "Katja", "Lars",
    "Leila", "Marek", "Mei", "Nadia", "Noah", "Oksana", "Pablo", "Priya", "Rafael", "Saoirse", "Søren", "Tariq",
    "Ursula", "Wei", "Zoë",
];

/// Family names.
pub(super) const FAMILY: [&str; 40] = [
    "Almeida",
    "Andersen",
    "Bauer",
    "Bianchi",
    "Brandt",
    "Castro",
    "Chen",
    "Costa",
    "Dubois",
    "Eriksson",
    "Fischer",
    "García",
    "Haddad",
    "Hoffmann",
    "Ito",
    "Jansen",
    "Kaya",
    "Keller",
    "Kowalska",
    "Kumar",
    "Larsen",
    "Lindqvist",
    "Moreau",
    "Müller",
    "Nakamura",
    "Novák",
    "O'Brien",
    "Okafor",
    "Petrov",
    "Quispe",
    "Rossi",
    "Sato",
    "Schäfer",
    "Silva",
    "Tanaka",
    "Ueda",
    "van den Berg",
    "Weber",
    "Yılmaz",
    "Zhang",
];

/// Job titles.
pub(super) const JOBS: [&str; 12] = [
    "Cloud Engineer",
    "Service Desk Analyst",
    "Security Analyst",
    "Finance Controller",
    "HR Partner",
    "Network Engineer",
    "Database Administrator",
    "Site Reliability Engineer",
    "Product Manager",
    "Legal Counsel",
    "Identity Engineer",
    "Software Engineer",
];

/// Departments and sites that large seeds name their groups after.
pub(super) const UNITS: [&str; 20] = [
    "Berlin",
    "Lisbon",
    "Nairobi",
    "Osaka",
    "Lima",
    "Dublin",
    "Oslo",
    "Toronto",
    "Pune",
    "Kraków",
    "Retail",
    "Logistics",
    "Payments",
    "Data Platform",
    "Warehouse",
    "Marketing",
    "Field Service",
    "Research",
    "Procurement",
    "Facilities",
];

/// The purposes of those groups.
pub(super) const PURPOSES: [&str; 12] = [
    "Contributors",
    "Readers",
    "Operators",
    "Administrators",
    "On-call",
    "Reviewers",
    "Contractors",
    "Approvers",
    "VPN users",
    "Key holders",
    "Auditors",
    "Deployers",
];
