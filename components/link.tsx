'use client';

import { type ComponentPropsWithRef, createContext, type ElementType, useContext } from 'react';

const LinkContext = createContext<ElementType>('a');

/** Makes all links below it move by the framework's own component instead of a page load. */
export const LinkProvider = LinkContext.Provider;

export type LinkProps = ComponentPropsWithRef<'a'> & { href: string };

/** A link without a look of its own. A file to download is the browser's own matter: never preloaded. */
export function Link(props: LinkProps) {
  const Component = useContext(LinkContext);
  return props.download === undefined ? <Component {...props} /> : <a {...props} />;
}

/** A link inside text. */
export function TextLink({ className = '', ...props }: LinkProps) {
  return (
    <Link
      {...props}
      className={`rounded-sm font-medium text-accent underline-offset-2 hover:underline ${className}`}
    />
  );
}
