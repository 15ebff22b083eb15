// Small tools on markdown-it's tokens that several of our rules share.
import type { Token } from "markdown-it";

type TokenClass = new (type: string, tag: string, nesting: -1 | 0 | 1) => Token;

/** The words of inline tokens, without any markup; images count with their alternative text. */
export function inlineText(tokens: readonly Token[]): string {
  let text = "";
  for (const token of tokens) {
    if (token.type === "text" || token.type === "code_inline") text += token.content;
    else if (token.type === "softbreak" || token.type === "hardbreak") text += " ";
    else if (token.type === "image") text += inlineText(token.children ?? []);
  }
  return text;
}

/** A token for words, to stand among inline tokens. */
export function textToken(TokenType: TokenClass, content: string): Token {
  const token = new TokenType("text", "", 0);
  token.content = content;
  return token;
}

/** An inline token (the content of a block) that holds these tokens. */
export function inlineToken(TokenType: TokenClass, children: Token[]): Token {
  const token = new TokenType("inline", "", 0);
  token.children = children;
  return token;
}

/** The written value of an attribute as text; "" when it is absent. */
export function attribute(token: Token, name: string): string {
  return String(token.attrGet(name) ?? "");
}
