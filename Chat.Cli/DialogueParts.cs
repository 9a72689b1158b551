using Chat.Client;

namespace Chat.Cli;

/// <summary>What the parts of a text dialogue share.</summary>
internal sealed record DialogueParts(ChatClient Client, OpenConversations Conversations, UserOutput Output, DialogueSettings Settings)
{
    public ShownMessages Shown { get; } = new();

    public CliTexts Texts => Output.Texts;
}
