namespace Chat.Plugins.Webhooks.Incoming;

/// <summary>What a program is told that wrote to an incoming webhook.</summary>
internal static class IncomingTexts
{
    public static string NoSuchHook(string language) => In(
        language,
        "Não há webhook com este endereço. Um administrador cria outro com /webhook entrada.",
        "There is no webhook at this address. An admin can create one with /webhook in.");

    public static string TooFast(string language) => In(
        language, "Este webhook recebeu mensagens demais. Aguarde o tempo de Retry-After.",
        "This webhook has received too many messages. Wait for the time in Retry-After.");

    public static string BadBody(string language) => In(
        language,
        "O corpo não é um objeto JSON com \"text\", nem um formulário com o campo \"payload\".",
        "The body is neither a JSON object with \"text\" nor a form with the field \"payload\".");

    public static string BadName(string language, int longest) => In(
        language,
        $"O nome mostrado deve ter de 1 a {longest} caracteres visíveis, sem colchetes.",
        $"The shown name must have 1 to {longest} visible characters, without brackets.");

    /// <param name="language">Or what a program accepts: <c>pt-BR, en;q=0.9</c>.</param>
    private static string In(string language, string portuguese, string english) =>
        language.StartsWith("pt", StringComparison.OrdinalIgnoreCase) ? portuguese : english;
}
