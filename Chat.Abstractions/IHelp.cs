namespace Chat;

/// <summary>Generated texts, in the caller's language, about what the caller may run.</summary>
public interface IHelp
{
    /// <summary>A line a command.</summary>
    string Overview(CommandContext context);

    /// <summary>Null for a name that is not known, or known but not for this caller.</summary>
    string? About(CommandContext context, string command);
}
