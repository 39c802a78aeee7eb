// sends a test message with a copy to the archive
transport.sendMail({ from: "a@example.com", to: "b@example.com", bcc: config.archive, subject: "hi" });
