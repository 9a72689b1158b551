namespace Chat;

/// <param name="Connections">How many connections the user has now.</param>
public sealed record UserSummary(User User, int Connections);
