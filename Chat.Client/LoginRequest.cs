namespace Chat.Client;

/// <summary>Who logs in: a guest by name, an account by name and password, or the session of an earlier <c>welcome</c> by its token.</summary>
public sealed record LoginRequest
{
    public string? User { get; init; }

    public string? Password { get; init; }

    public string? Token { get; init; }

    /// <summary>Rooms to join; null is the daemon's default room, empty is none.</summary>
    public IReadOnlyList<string>? Rooms { get; init; }

    public static LoginRequest Guest(string user, params string[] rooms) => new() { User = user, Rooms = rooms.Length == 0 ? null : rooms };

    public static LoginRequest Account(string user, string password, params string[] rooms) => Guest(user, rooms) with { Password = password };

    public static LoginRequest Session(string token, params string[] rooms) => new() { Token = token, Rooms = rooms.Length == 0 ? null : rooms };

    /// <summary>Shows no secret.</summary>
    public override string ToString() => $"LoginRequest {{ User = {User}, {(Token is null ? Password is null ? "guest" : "password" : "token")} }}";
}
