using System.Text.Json.Nodes;

namespace Chat;

/// <summary>The answer of a command: a closed set of plain values, so that the daemon keeps no type of the plugin.</summary>
public abstract record CommandResult
{
    private CommandResult()
    {
    }

    /// <param name="Text">For people. Only the caller sees it.</param>
    /// <param name="Data">For programs: one JSON value, or null.</param>
    public sealed record Reply(string Text, string? Data = null) : CommandResult;

    /// <param name="Ephemeral">
    /// False: a stored message from the caller, which passes through the filters. True: a notice, which is not stored.
    /// </param>
    public sealed record Post(string Text, bool Ephemeral) : CommandResult;

    /// <param name="Code">For programs, in the form of <c>no_such_user</c>.</param>
    /// <param name="Text">For people, in the caller's language.</param>
    public sealed record Refusal(string Code, string Text) : CommandResult;

    /// <param name="data">Made of strings, numbers, booleans, arrays and objects. It is serialized at once.</param>
    public static CommandResult ToCaller(string text, JsonNode? data = null) => new Reply(text, data?.ToJsonString());

    /// <summary>Posts to the conversation, which includes the caller. Outside a conversation only the caller sees the text.</summary>
    public static CommandResult ToRoom(string text, bool ephemeral = false) => new Post(text, ephemeral);

    public static CommandResult Refuse(string code, string text) => new Refusal(code, text);

    public static implicit operator CommandResult(string text) => new Reply(text);
}
