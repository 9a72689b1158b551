namespace Chat.Daemon.Hooks;

/// <summary>How a generation's hooks have fared so far.</summary>
/// <param name="BypassedFilters">Names of the filters that are bypassed because they missed their deadlines.</param>
/// <param name="LostEvents">Events that its handlers did not get.</param>
internal sealed record HookTally(IReadOnlyList<string> BypassedFilters, long LostEvents);
