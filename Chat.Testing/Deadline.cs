using System.Diagnostics;

namespace Chat.Testing;

/// <summary>How long a test waits, in real time. Without limit while a debugger is attached.</summary>
internal static class Deadline
{
    public const int Seconds = 10;

    public static CancellationTokenSource Start() => new(Debugger.IsAttached ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(Seconds));
}
