using System.Diagnostics;

namespace Chat.Testing;

/// <summary>How long a test waits for what should come, by the real clock; for ever while somebody looks at it in a debugger.</summary>
internal static class Deadline
{
    public const int Seconds = 10;

    public static CancellationTokenSource Start() => new(Debugger.IsAttached ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(Seconds));
}
