const url = "https://github.com/x"; // пример
