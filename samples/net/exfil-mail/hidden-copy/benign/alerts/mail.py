import smtplib
def notify(cfg, text):
    with smtplib.SMTP(cfg.host, cfg.port) as s:
        s.login(cfg.user, cfg.password)
        s.sendmail(cfg.sender, cfg.recipients, text)
