using System.Text.Json;
using System.Text.Json.Nodes;
using CrashChecker.Daemons;

namespace CrashChecker.Clients;

/// <summary>The operator, over the protocol.</summary>
internal static class Admin
{
    /// <summary>Creates accounts.</summary>
    public static async Task RegisterAsync(int port, IEnumerable<(string User, string Password)> accounts)
    {
        foreach (var (user, password) in accounts)
        {
            using var wire = await Wire.ConnectAsync(port, CancellationToken.None);
            await wire.SendAsync(Frames.Of("register", ("user", user), ("password", password)), Frames.Of("logout"));
            var answers = await wire.ReadAsync().ToListAsync();
            if (!answers.Any(answer => answer.GetProperty("type").ValueEquals("welcome")))
                throw new InvalidOperationException($"{user} was not registered: {string.Join(' ', answers)}");
        }
    }

    /// <summary>Sends <c>/encerrar</c>, and returns as the daemon acts on it.</summary>
    public static async Task ShutDownAsync(int port)
    {
        using var wire = await Wire.ConnectAsync(port, CancellationToken.None);
        await wire.SendAsync(
            Frames.Of("login", ("user", "admin"), ("password", DaemonLaunch.AdminPassword), ("rooms", new JsonArray())),
            Frames.Of("command", ("name", "encerrar"), ("id", "q1")));
        await foreach (var frame in wire.ReadAsync())
            if (EndsTheWait(frame)) return;
    }

    /// <summary>Types a command that asks for confirmation, twice.</summary>
    /// <param name="confirming">Called as it is about to be typed again.</param>
    /// <returns>Whether it was answered before the connection ended.</returns>
    public static async Task<bool> ConfirmAsync(int port, string room, string line, Action? confirming = null)
    {
        using var wire = await Wire.ConnectAsync(port, CancellationToken.None);
        await wire.SendAsync(
            Frames.Of("login", ("user", "admin"), ("password", DaemonLaunch.AdminPassword), ("rooms", new JsonArray(room))),
            Frames.Of("message", ("room", room), ("text", line), ("id", "asked")));
        await foreach (var frame in wire.ReadAsync())
        {
            if (!frame.TryGetProperty("id", out var id)) continue;
            if (id.ValueEquals("confirmed"))
                return !Frames.IsError(frame) ? true : throw new InvalidOperationException($"{line} was refused: {frame}");
            if (!id.ValueEquals("asked")) continue;
            confirming?.Invoke();
            await wire.SendAsync(Frames.Of("message", ("room", room), ("text", line), ("id", "confirmed")));
        }
        return false;
    }

    private static bool EndsTheWait(JsonElement frame) => frame.GetProperty("type").GetString() switch
    {
        "reply" or "bye" or "notice" => true,
        "error" => throw new InvalidOperationException($"the daemon does not shut down: {frame}"),
        _ => false,
    };
}
