using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.CommandLine.Checks;

/// <param name="Name">The thing that was checked.</param>
/// <param name="Problem">What is wrong and what to do; null if nothing is.</param>
/// <param name="Status">The exit status of a start with this problem.</param>
internal sealed record CheckResult(string Name, string? Problem, int Status = ExitStatus.WrongUsage)
{
    /// <summary>Whether the only problem is a running daemon.</summary>
    public bool IsHeld { get; init; }

    /// <summary>Why the check was skipped; null if it was not.</summary>
    public string? Skipped { get; init; }
}
