memory.add("The user likes short answers and metric units", user_id="demo")
