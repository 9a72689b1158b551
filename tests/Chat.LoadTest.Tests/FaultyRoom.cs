using System.Text.Json;

namespace Chat.LoadTest.Tests;

/// <summary>The one room of a <see cref="FaultyDaemon"/>: its messages, and what changed them.</summary>
internal sealed class FaultyRoom
{
    private readonly List<Entry> entries = [];
    private readonly Dictionary<(string Sender, string Id), Entry> known = [];
    private readonly Dictionary<(string Author, string Id), int> changed = [];
    private int rev, forgotten;

    public string Joined() => $$"""
        {"type":"joined","room":"r","seq":{{entries.Count}},"first":1,"messages":[],"more":false,"rev":{{rev}}}
        """;

    /// <param name="forgetting">A user to whom the first message of another that it missed is never told; null for nobody.</param>
    public string Joined(long after, long since, string? forgetting, bool forgetsChanges)
    {
        if (forgetting is not null && forgotten == 0)
            forgotten = entries.FirstOrDefault(entry => entry.Seq > after && entry.Sender != forgetting)?.Seq ?? 0;
        var missed = entries.Where(entry => entry.Seq > after && (forgetting is null || entry.Seq != forgotten))
            .Select(entry => entry.Listed);
        var changed = entries.Where(entry => entry.Seq <= after && entry.Rev > since && !forgetsChanges).OrderBy(entry => entry.Rev)
            .Select(entry => entry.Listed);
        return $$"""{"type":"joined","room":"r","seq":{{entries.Count}},"first":1,"messages":[{{string.Join(',', missed)}}],"""
            + $$""" "more":false,"rev":{{rev}},"changed":[{{string.Join(',', changed)}}]}""";
    }

    /// <summary>False for a message that was sent again.</summary>
    public (Entry Entry, bool IsNew) Add(string sender, JsonElement frame)
    {
        var id = frame.GetProperty("id").GetString()!;
        if (known.TryGetValue((sender, id), out var old)) return (old, false);
        var entry = new Entry { Seq = entries.Count + 1, Sender = sender, Text = frame.GetProperty("text").GetString()! };
        entries.Add(entry);
        known[(sender, id)] = entry;
        return (entry, true);
    }

    /// <summary>False for a change that was sent again.</summary>
    public (int Rev, bool IsNew) Change(string author, JsonElement frame)
    {
        if (!changed.TryAdd((author, frame.GetProperty("id").GetString()!), rev + 1))
            return (changed[(author, frame.GetProperty("id").GetString()!)], false);
        var entry = entries[frame.GetProperty("seq").GetInt32() - 1];
        entry.Rev = ++rev;
        if (frame.TryGetProperty("text", out var text)) (entry.Text, entry.IsEdited) = (text.GetString()!, true);
        else entry.Reactions.Add(frame.GetProperty("emoji").GetString()!);
        return (rev, true);
    }

    public static string ChangeLine(int rev, JsonElement frame, string author, string id, bool withText = true)
    {
        var isEdit = frame.TryGetProperty("text", out var text);
        var what = isEdit ? $",\"text\":{text.GetRawText()}" : $",\"emoji\":{frame.GetProperty("emoji").GetRawText()}";
        if (isEdit && !withText) what = "";
        return $$"""{"type":"change","seq":{{frame.GetProperty("seq")}},"kind":"{{(isEdit ? "edit" : "react")}}","from":"{{author}}","""
            + $$""" "at":"2026-01-01T00:00:00.000Z","rev":{{rev}},"room":"r"{{what}}{{id}}}""";
    }

    /// <param name="hole">The message that is left out.</param>
    public string Page(JsonElement frame, int hole)
    {
        var after = frame.TryGetProperty("after", out var given) ? given.GetInt64() : 0;
        var page = entries.Where(entry => entry.Seq > after && entry.Seq != hole).Take(50).Select(entry => entry.Listed);
        return $$"""{"type":"history","messages":[{{string.Join(',', page)}}],"more":false,"room":"r","log":"l","rev":{{rev}}"""
            + $$""","id":{{frame.GetProperty("id").GetRawText()}}}""";
    }

    internal sealed class Entry
    {
        public required int Seq { get; init; }

        public required string Sender { get; init; }

        public required string Text { get; set; }

        public bool IsEdited { get; set; }

        public int Rev { get; set; }

        public List<string> Reactions { get; } = [];

        /// <summary>As lists show it.</summary>
        public string Listed
        {
            get
            {
                var reactions = Reactions.CountBy(emoji => emoji)
                    .Select(of => $$"""{"emoji":"{{of.Key}}","count":{{of.Value}},"users":[]}""");
                var edited = IsEdited ? ",\"edited\":\"2026-01-01T00:00:00.000Z\"" : "";
                return Head(Seq) + (Rev == 0 ? "" : $",\"rev\":{Rev}{edited},\"reactions\":[{string.Join(',', reactions)}]") + "}";
            }
        }

        /// <param name="number">The number that the receiver is told.</param>
        public string Line(int number, string id) => "{\"type\":\"message\"," + Head(number)[1..] + id + "}";

        private string Head(int number) =>
            $$"""{"seq":{{number}},"from":"{{Sender}}","text":"{{Text}}","at":"2026-01-01T00:00:00.000Z","room":"r" """.TrimEnd();
    }
}
