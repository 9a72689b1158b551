namespace Chat;

/// <summary>Generated texts, in the caller's language, about what the caller may run.</summary>
public interface IHelp
{
    /// <summary>A line a command.</summary>
    string Overview(CommandContext context);

    /// <summary>Null for a name that is not known, or known but not for this caller.</summary>
    string? About(CommandContext context, string command);

    /// <summary>How a line would be parsed, and which check would pass or fail and why. Runs nothing, and counts against no limit.</summary>
    ValueTask<CommandResult> ExplainAsync(CommandContext context, string line);
}
