using System.Text.Json.Nodes;

namespace Chat;

/// <summary>What a command answers: a closed set of plain values, so that the daemon holds nothing of the plugin's.</summary>
public abstract record CommandResult
{
    private CommandResult()
    {
    }

    /// <param name="Text">For people, to the caller only.</param>
    /// <param name="Data">For programs: one JSON value, or null.</param>
    public sealed record Reply(string Text, string? Data = null) : CommandResult;

    /// <param name="Ephemeral">False: a message in the caller's name, numbered and logged, through every filter. True: a notice that nobody finds later.</param>
    public sealed record Post(string Text, bool Ephemeral) : CommandResult;

    /// <param name="Code">In the manner of <c>no_such_user</c>; programs decide by it.</param>
    /// <param name="Text">For people, in the caller's language.</param>
    public sealed record Refusal(string Code, string Text) : CommandResult;

    /// <param name="data">Built of strings, numbers, booleans, arrays and objects; it is written out at once.</param>
    public static CommandResult ToCaller(string text, JsonNode? data = null) => new Reply(text, data?.ToJsonString());

    /// <summary>To all who are in the conversation, the caller among them; outside any conversation to the caller alone.</summary>
    public static CommandResult ToRoom(string text, bool ephemeral = false) => new Post(text, ephemeral);

    public static CommandResult Refuse(string code, string text) => new Refusal(code, text);

    public static implicit operator CommandResult(string text) => new Reply(text);
}
