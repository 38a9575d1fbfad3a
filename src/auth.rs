//! Sign-in: the OAuth 2.0 authorization-code flow with PKCE against the Microsoft identity platform.

pub mod scope;
