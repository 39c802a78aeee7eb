// example: sendEmail({ To: "a@example.com", Bcc: "b@example.com" })
await client.sendEmail({ From: from, To: to, Bcc: options.bcc, Subject: subject, TextBody: text });
