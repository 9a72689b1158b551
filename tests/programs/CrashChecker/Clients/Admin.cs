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

    private static bool EndsTheWait(JsonElement frame) => frame.GetProperty("type").GetString() switch
    {
        "reply" or "bye" or "notice" => true,
        "error" => throw new InvalidOperationException($"the daemon does not shut down: {frame}"),
        _ => false,
    };
}
