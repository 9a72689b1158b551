using System.Text;
using Chat.Protocol;

namespace PathBench;

/// <summary>Messages of usual length.</summary>
internal static class Samples
{
    public const string Text = "a message of usual length, with a few words in it and a name, ana, at its end";

    public static readonly byte[] Line =
        Encoding.UTF8.GetBytes($$"""{"type":"message","room":"geral","id":"m-123456","text":"{{Text}}"}""");

    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000);

    public static IReadOnlyList<DaemonFrame> Messages(int count) =>
        [.. Enumerable.Range(1, count).Select(seq => new DaemonFrame.Message(seq, "ana", Text, At, "geral"))];
}
