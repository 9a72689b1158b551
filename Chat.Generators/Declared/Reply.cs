namespace Chat.Generators.Declared;

internal sealed record Reply(ReplyKind Kind, Waiting Waiting);
