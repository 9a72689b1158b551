namespace Chat;

/// <summary>Help texts in the caller's language, about the commands that the caller may run.</summary>
public interface IHelp
{
    /// <summary>One line for each command.</summary>
    string Overview(CommandContext context);

    /// <summary>Null if there is no such command, or the caller may not run it.</summary>
    string? About(CommandContext context, string command);

    /// <summary>
    /// Shows how a line is parsed, and which checks pass or fail and why. Runs nothing, and counts against no rate limit.
    /// </summary>
    ValueTask<CommandResult> ExplainAsync(CommandContext context, string line);
}
