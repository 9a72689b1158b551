using Chat.Generators.Declared;

namespace Chat.Generators.Emitting;

/// <summary>Writes the lambda that calls the method and converts what it returns to a <c>CommandResult</c>.</summary>
internal static class InvokerWriter
{
    private const string Nothing = "global::Chat.CommandResult.ToCaller(\"\")";

    public static void Write(Writer code, DeclaredCommand command)
    {
        var target = command.IsStatic ? command.Owner : Names.Resolved(command.Owner);
        var call = $"{target}.{command.Method}({string.Join(", ", Arguments(command))})";
        var (waits, reply) = (command.Reply.Waiting is not Waiting.No, command.Reply.Kind);
        var value = waits ? $"await {call}.ConfigureAwait(false)" : call;
        var head = $"Invoke = static {(waits ? "async " : "")}(context, scope, arguments) =>";
        if (reply is ReplyKind.Nothing) code.Block(head, () => code.Lines($"{value};", $"return {Result(Nothing, waits)};"), "},");
        else code.Line($"{head} {Result(reply is ReplyKind.Text ? TextResult(value) : $"{value} ?? {Nothing}", waits)},");
    }

    private static string TextResult(string value) => $"global::Chat.CommandResult.ToCaller({value} ?? \"\")";

    private static string Result(string expression, bool waits) =>
        waits ? expression : $"new global::System.Threading.Tasks.ValueTask<global::Chat.CommandResult>({expression})";

    private static IEnumerable<string> Arguments(DeclaredCommand command)
    {
        var index = 0;
        foreach (var parameter in command.Parameters)
        {
            yield return parameter.Source switch
            {
                Source.Context => "context",
                Source.Aborted => "context.Aborted",
                Source.Variadic when parameter.List is null =>
                    $"global::System.Linq.Enumerable.ToArray(arguments.GetAll<{parameter.ValueType}>({index}))",
                Source.Variadic => $"({parameter.List})arguments.GetAll<{parameter.ValueType}>({index})",
                _ => $"arguments.Get<{parameter.ValueType}>({index})",
            };
            if (parameter.IsArgument) index++;
        }
    }
}
