using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.CommandLine.Checks;

/// <param name="Name">What was looked at.</param>
/// <param name="Problem">What is wrong and what to do; null if all is well.</param>
/// <param name="Status">What a start would end with.</param>
internal sealed record CheckResult(string Name, string? Problem, int Status = ExitStatus.WrongUsage)
{
    /// <summary>Whether nothing is wrong but that a daemon is running.</summary>
    public bool IsHeld { get; init; }

    /// <summary>Why it could not be looked at; null where it was.</summary>
    public string? Skipped { get; init; }
}
