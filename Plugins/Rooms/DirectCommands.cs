using Microsoft.Extensions.DependencyInjection;

namespace Chat.Plugins.Rooms;

/// <summary>A message that only one other user sees.</summary>
internal sealed class DirectCommands(IMessages messages)
{
    public static void Declare(IPluginBuilder plugin)
    {
        plugin.Services.AddScoped<DirectCommands>();
        plugin.Command("msg", (context, scope, values) => scope.GetRequiredService<DirectCommands>().SendAsync(context, values.Get<User>(0), values.Get<string>(1)))
            .Permission("direct.send")
            .Summary("pt-BR", "Manda uma mensagem que só uma pessoa vê.").Summary("en", "Sends a message that one person alone sees.")
            .Argument("usuário", ParameterType.User)
            .Remainder("texto")
            .Example("/msg bia Você vem hoje?");
    }

    private async ValueTask<CommandResult> SendAsync(CommandContext context, User to, string text)
    {
        await messages.SendAsync(to, text, context.Aborted);
        return Texts.Sent(context, to);
    }
}
