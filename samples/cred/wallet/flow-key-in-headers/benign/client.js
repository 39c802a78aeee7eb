export class Payments {
  constructor(secretKey) {
    this.secretKey = secretKey;
  }

  static charge(secretKey, amount) {
    return fetch("https://api.payments.invalid/v1/charges", {
      method: "POST",
      headers: { Authorization: "Bearer " + secretKey },
      body: JSON.stringify({ amount })
    });
  }
}
