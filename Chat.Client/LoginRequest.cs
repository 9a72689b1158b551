namespace Chat.Client;

/// <summary>A login as a guest (name), with an account (name and password), or to an earlier session (token).</summary>
public sealed record LoginRequest
{
    public string? User { get; init; }

    public string? Password { get; init; }

    public string? Token { get; init; }

    /// <summary>Rooms to join; null for those on the account's list, or the default room of a guest; empty for none.</summary>
    public IReadOnlyList<string>? Rooms { get; init; }

    public static LoginRequest Guest(string user, params string[] rooms) => new() { User = user, Rooms = rooms.Length == 0 ? null : rooms };

    public static LoginRequest Account(string user, string password, params string[] rooms) =>
        Guest(user, rooms) with { Password = password };

    public static LoginRequest Session(string token, params string[] rooms) =>
        new() { Token = token, Rooms = rooms.Length == 0 ? null : rooms };

    /// <summary>Without the password and the token.</summary>
    public override string ToString() =>
        $"LoginRequest {{ User = {User}, {(Token is null ? Password is null ? "guest" : "password" : "token")} }}";
}
