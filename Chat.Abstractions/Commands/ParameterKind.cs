namespace Chat;

/// <summary>How a parameter gets its text from the line.</summary>
public enum ParameterKind
{
    /// <summary>The next word.</summary>
    Argument,

    /// <summary><c>--name value</c> or <c>--name=value</c>, anywhere before a remainder.</summary>
    Option,

    /// <summary><c>--name</c>: true if present.</summary>
    Flag,

    /// <summary>The rest of the line as typed, or one quoted word. Must be last.</summary>
    Remainder,

    /// <summary>All remaining words, each a value. Must be last.</summary>
    Variadic,
}
