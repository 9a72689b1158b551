namespace Chat;

/// <summary>A capability refuses. Uncaught, it becomes the caller's refusal with this code and message; it is no failure of the plugin.</summary>
public sealed class RefusalException(string code, string text) : Exception(text)
{
    /// <summary>In the manner of <c>no_such_room</c>.</summary>
    public string Code { get; } = code;
}
