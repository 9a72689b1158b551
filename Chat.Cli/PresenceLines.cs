using Chat.Client;

namespace Chat.Cli;

/// <summary>Shows who came and went in one line for a while of it, without who came back meanwhile. Thread-safe.</summary>
internal sealed class PresenceLines(DialogueParts parts, LineFormat format) : IDisposable
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly Dictionary<Conversation, (List<string> Came, List<string> Went)> rooms = [];
    private Timer? timer;

    public void Add(ChatEvent.PresenceChanged change)
    {
        if (!parts.Settings.ShowsJoins) return;
        lock (gate)
        {
            var room = Conversation.Room(change.Room);
            if (!rooms.TryGetValue(room, out var names)) rooms.Add(room, names = ([], []));
            foreach (var name in format.Others(change.Joined).Where(name => !names.Went.Remove(name))) names.Came.Add(name);
            foreach (var name in format.Others(change.Left).Where(name => !names.Came.Remove(name))) names.Went.Add(name);
            if (parts.Output.Screen.IsInteractive) timer ??= new Timer(_ => Show(), null, Wait, Timeout.InfiniteTimeSpan);
        }
        if (!parts.Output.Screen.IsInteractive) Show();
    }

    /// <summary>Prints what has not been printed yet.</summary>
    public void Show()
    {
        List<string> lines = [];
        lock (gate)
        {
            timer?.Dispose();
            timer = null;
            foreach (var (room, (came, went)) in rooms)
                if (Line(LineFormat.Clean(room.Name), came, went) is { } line) lines.Add(line);
            rooms.Clear();
        }
        foreach (var line in lines) parts.Output.Note(line);
    }

    public void Dispose()
    {
        lock (gate) timer?.Dispose();
    }

    private string? Line(string room, List<string> came, List<string> went) => (came.Count, went.Count) switch
    {
        (0, 0) => null,
        (_, 0) => parts.Texts.Arrived(format.Names(came), room),
        (0, _) => parts.Texts.Departed(format.Names(went), room),
        _ => parts.Texts.CameAndWent(format.Names(came), room, format.Names(went)),
    };
}
