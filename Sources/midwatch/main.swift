print("midwatch")
