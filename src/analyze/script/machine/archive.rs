//! Archives that commands make: what is in them is from where their files are from.

use super::Machine;
use super::call::Args;
use crate::analyze::script::paths::PathId;
use crate::analyze::script::value::{Labels, Value};
use crate::analyze::script::words;
use crate::parse::script::Id;

impl Machine {
    /// A command that packs files into another; `None` when it does something else.
    pub(super) fn archiver(&mut self, name: &str, path: PathId, args: &Args, id: Id) -> Option<Value> {
        let words: Vec<(Value, String)> =
            args.list.iter().map(|word| (word.clone(), self.shown_or_hole(word).to_string())).collect();
        let is_option = |text: &str| text.starts_with('-');
        let mut files: Vec<&(Value, String)> = words.iter().filter(|(_, text)| !is_option(text)).collect();
        let mut folder = String::new();
        let target = match name {
            "tar" | "bsdtar" => {
                let (_, first) = words.first()?;
                // Options may stand behind the folder: `tar -C dir -czf - .`.
                let makes = first.trim_start_matches('-').contains('c') && !first.starts_with("--")
                    || words.iter().any(|(_, text)| {
                        text == "--create" || is_option(text) && !text.starts_with("--") && text.contains('c')
                    });
                if !makes {
                    return None;
                }
                if !is_option(first) {
                    files.remove(0);
                }
                if let Some(at) = words.iter().position(|(_, text)| matches!(text.as_str(), "-C" | "--directory")) {
                    folder = words.get(at + 1)?.1.clone();
                    files.retain(|(_, text)| *text != folder);
                }
                // Without a file it goes to the standard output.
                let names_file = words.iter().any(|(_, text)| {
                    text == "--file"
                        || !text.starts_with("--") && (is_option(text) || text == first) && text.contains('f')
                });
                // Nor with a dash for its name.
                let is_stream = words.iter().zip(words.iter().skip(1)).any(|((_, option), (_, file))| {
                    file == "-" && (option == "--file" || !option.starts_with("--") && option.contains('f'))
                });
                if names_file && !is_stream && !files.is_empty() { Some(files.remove(0).0.clone()) } else { None }
            }
            "zip" => Some((!files.is_empty()).then(|| files.remove(0))?.0.clone()),
            "7z" | "7za" | "7zz" | "rar" => {
                if files.first()?.1 != "a" || files.len() < 3 {
                    return None;
                }
                files.remove(0);
                Some(files.remove(0).0.clone())
            }
            "ditto" => Some(files.pop()?.0.clone()),
            "compress-archive" => return self.archive_of_powershell(path, args, id),
            _ => return None,
        };
        let mut labels = Labels::FILE;
        for (word, text) in files {
            let place = if folder.is_empty() { text.clone() } else { format!("{folder}/{text}") };
            labels = labels
                .with(self.all_labels(word))
                .with(words::labels_of_path(&place))
                .with(self.written(&place))
                .with(self.written_below(&place));
        }
        let content = Value::unknown(labels);
        if let Some(target) = target {
            self.write_file(path, &target, &content, id);
        }
        Some(content)
    }

    fn archive_of_powershell(&mut self, path: PathId, args: &Args, id: Id) -> Option<Value> {
        let mut given = args.list.iter().peekable();
        let (mut from, mut to) = (None, None);
        while let Some(word) = given.next() {
            match word.as_text().unwrap_or_default().to_ascii_lowercase().as_str() {
                "-path" | "-literalpath" => from = given.next().cloned(),
                "-destinationpath" | "-dest" => to = given.next().cloned(),
                option if option.starts_with('-') => {}
                _ if from.is_none() => from = Some(word.clone()),
                _ if to.is_none() => to = Some(word.clone()),
                _ => {}
            }
        }
        let from = from?;
        let mut labels = self.all_labels(&from).with(Labels::FILE);
        let items = self.elements(&from).unwrap_or_else(|| vec![from.clone()]);
        for item in items {
            let place = self.shown_or_hole(&item);
            labels = labels.with(words::labels_of_path(&place)).with(self.written(&place));
        }
        let content = Value::unknown(labels);
        self.write_file(path, &to?, &content, id);
        Some(content)
    }
}
