using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrashChecker.Clients;

/// <summary>
/// A room that is deleted while the daemon is killed. Afterwards it is whole, or it is gone and another one may have its name; once the
/// deletion was answered, it is gone.
/// </summary>
internal sealed class DoomedRoom(int number)
{
    /// <summary>Enough for several slices of the deletion.</summary>
    private const int Messages = 1_500;

    private readonly string name = $"apagada-{number}";
    private Task<bool> deletion = Task.FromResult(false);

    public string Key => $"room:{name}";

    /// <summary>Writes its messages.</summary>
    public async Task FillAsync(int port)
    {
        using var wire = await EnterAsync(port, "pedreiro");
        await wire.SendAsync(Enumerable.Range(1, Messages).Select(i =>
            Frames.Of("message", ("room", name), ("text", TextOf(i)), ("id", $"{i}"))));
        await foreach (var frame in wire.ReadAsync())
        {
            if (!IsAnswerTo(frame, $"{Messages}")) continue;
            await wire.SendAsync(Frames.Of("logout"));
            return;
        }
        throw new IOException($"{name} was not filled");
    }

    /// <summary>Returns as the deletion begins.</summary>
    public async Task BeginDeletionAsync(int port)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        deletion = Admin.ConfirmAsync(port, "geral", $"/sala apagar {name}", begun.SetResult);
        await Task.WhenAny(begun.Task, deletion);
    }

    /// <summary>Looks at the room after the next start, and deletes it then if it is still there.</summary>
    /// <returns>The broken promise; null if there is none.</returns>
    public async Task<string?> JudgeAsync(int port)
    {
        var isAnswered = await IsAnsweredAsync();
        var left = await ReadAsync(port);
        if (left.Count == 0) return null;
        if (isAnswered) return $"{left.Count} messages are there, although the deletion was answered";
        if (!left.SequenceEqual(Enumerable.Range(1, Messages).Select(i => ((long)i, TextOf(i)))))
            return $"{left.Count} messages from {left[0].Seq} to {left[^1].Seq} are there, of {Messages}";
        await Admin.ConfirmAsync(port, "geral", $"/sala apagar {name}");
        return await ReadAsync(port) is { Count: > 0 and var count } ? $"{count} messages are there after its deletion" : null;
    }

    private static string TextOf(int number) => $"tijolo {number}";

    private static bool IsAnswerTo(JsonElement frame, string id) => frame.TryGetProperty("id", out var own) && own.ValueEquals(id);

    private async Task<bool> IsAnsweredAsync()
    {
        try
        {
            return await deletion;
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return false; // the daemon was killed before it got the command
        }
    }

    private async Task<Wire> EnterAsync(int port, string user)
    {
        var wire = await Wire.ConnectAsync(port, CancellationToken.None);
        await wire.SendAsync(Frames.Of("login", ("user", $"{user}{number}"), ("rooms", new JsonArray(name))));
        return wire;
    }

    private async Task<List<(long Seq, string Text)>> ReadAsync(int port)
    {
        using var wire = await EnterAsync(port, "fiscal");
        var all = new List<(long Seq, string Text)>();
        await wire.SendAsync(Page(0));
        await foreach (var frame in wire.ReadAsync())
        {
            if (!IsAnswerTo(frame, "page")) continue;
            if (Frames.IsError(frame)) throw new IOException($"{name} cannot be read: {frame}");
            all.AddRange(Frames.Views(frame).Select(view => (view.Seq, view.Text)));
            if (!frame.GetProperty("more").GetBoolean())
            {
                await wire.SendAsync(Frames.Of("logout"));
                return all;
            }
            await wire.SendAsync(Page(all[^1].Seq));
        }
        throw new IOException($"the daemon ended while {name} was read");
    }

    private JsonObject Page(long after) =>
        Frames.Of("history", ("room", name), ("after", after), ("limit", 500), ("id", "page"));
}
