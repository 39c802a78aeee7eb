use proc_macro::TokenStream;
#[proc_macro_derive(A)]
pub fn a(i: TokenStream)->TokenStream{ let s=i.to_string(); format!("impl A for {} {{}}", s.split_whitespace().nth(1).unwrap()).parse().unwrap() }
